/** The parser, loaded when there is something to read. It runs here, on the person's device. */
import type { Report } from '../../kb/types.ts'

/** More than any report needs; what is longer is read by the server alone. */
const MOST = 400_000

const parser = () => import('../parser/read.ts')

/** Starts loading when the device has nothing else to do, so that the card comes at once. */
export function warmUp(): void {
  const idle = globalThis.requestIdleCallback ?? ((load: () => void) => setTimeout(load, 200))
  idle(() => void parser().catch(() => {}))
}

/** Reads a paste; undefined where it is no report, too long, or the parser cannot be loaded. */
export async function readPaste(text: string): Promise<Report | undefined> {
  if (text.length > MOST) return undefined
  try {
    const report = await (await parser()).readInput(text)
    return report.kind === 'none' ? undefined : report
  } catch {
    return undefined
  }
}

/** Reads a file (.eml, .msg, text); its own part is loaded only now. */
export async function readFile(file: Blob): Promise<Report | undefined> {
  try {
    return await (await parser()).readInput(new Uint8Array(await file.arrayBuffer()))
  } catch {
    return undefined
  }
}
