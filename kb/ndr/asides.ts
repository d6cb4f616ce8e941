/** Addresses that a person's own words brought along: a signature's, and whom to ask. */
import type { Address } from './addresses.ts'
import type { Mark } from './markers.ts'
import type { Span } from './reply.ts'

/** How people end what they write: a line of its own. */
const SIGN_OFF =
  /^[ \t]*(?:--|(?:\S{1,12} ){0,2}(?:regards|wishes|gr(?:ü|ue)(?:ß|ss)en?|groet(?:en)?|salutations|saludos?|saluti|cumprimentos)|thanks?(?: \S{1,12}){0,3}|cheers|sincerely|yours \S{1,12}|best|lg|mfg|vg|gruß|danke|merci|(?:bien )?cordialement|atentamente|gracias|grazie|obrigad[oa]|(?:sent from|get outlook for|von meinem|gesendet (?:von|mit)|envoyé (?:de|depuis)|enviado desde|inviato da) [^\n]{1,40})[ \t]{0,4}[,.!]{0,3}[ \t]*$/gim
/** More signatures, or longer ones (in lines), nobody writes. */
const MOST = 100
const LINES = 14
/** What no signature holds: where a mail client, a server or a report begins to speak. */
const OTHER =
  /^[ \t]*(?:[-_=*]{4,}|>|<[^<>\s]{1,128}@|(?:from|von|de|da|van) ?:|(?:on|am|le|el|il) [^\n]{4,120}:$|[45]\d\d[ -](?:\D|\d\.\d))|\b[245]\.\d{1,3}\.\d{1,3}\b/i
const SPEAKING: ReadonlySet<Mark['role']> = new Set(['list', 'lead', 'failure', 'delay', 'host'])

/** Where signatures stand: from how people end to where something else begins. */
export function findSignatures(text: string, marks: readonly Mark[]): Span[] {
  const found: Span[] = []
  for (const { index } of text.matchAll(SIGN_OFF)) {
    if (index < (found.at(-1)?.end ?? 0)) continue
    if (found.length >= MOST) break
    const speaks = marks.find(({ start, role }) => start > index && SPEAKING.has(role))
    found.push({ start: index, end: signatureEnd(text, index, speaks?.start) })
  }
  return found
}

function signatureEnd(text: string, start: number, speaks = text.length): number {
  let gap = 0
  let at = start
  for (let line = 0; line < LINES && at < text.length; line++) {
    const stop = text.indexOf('\n', at)
    const end = stop < 0 ? text.length : stop
    // what stands right above an answer may be the answer's
    if (line > 0 && (end > speaks || OTHER.test(text.slice(at, end)))) return gap || at
    if (text.slice(at, end).trim() === '') gap = at
    at = end + 1
  }
  return Math.min(at, text.length)
}

/** "If you need help, contact postmaster@…": in the clause that leads to it. */
const ASKING =
  /(?:\b(?:contact(?:ing|ez|er|e|o|ar|are)?|help|assistance|questions?|please (?:send|forward|reply|write|e-?mail)|wenden|hilfe|kontakt\w{0,8}|fragen|aide|ayuda|assistenza|aiuto)\b|^support\b)(?:(?!\n[ \t]*\n)[^.!?@]){0,60}(?::\s{0,8}|[ \t])["'<(]?$/im
const REACH = 120

/** Whether this address is somebody's around the report, and no recipient. */
export function isAside(text: string, address: Address, signatures: readonly Span[]): boolean {
  if (signatures.some(({ start, end }) => start <= address.start && address.end <= end)) return true
  return ASKING.test(text.slice(Math.max(0, address.outerStart - REACH), address.outerStart))
}

/** "Ann Miller", "Tel. 555 0100" in the line above. */
const NAME =
  /^[ \t]*(?:(?:\p{Lu}[\p{L}.'-]{0,20}[ \t]?){2,4}|(?:[Tt]el|[Pp]hone|[Mm]ob|[Ff]ax|www|http)[^\n]{0,60})$/u
const CODE = /\b[245]\d\d\b|\b[245]\.\d{1,3}\.\d{1,3}\b/

/** Whether an address stands under a person's name, behind what the server said. */
export function isSigned(text: string, address: Address, end: number): boolean {
  const line = text.lastIndexOf('\n', address.outerStart - 1)
  const above = text.lastIndexOf('\n', line - 1)
  return (
    above > 0 &&
    NAME.test(text.slice(above + 1, line)) &&
    CODE.test(text.slice(Math.max(0, above - 400), above)) &&
    !CODE.test(text.slice(address.outerEnd, end))
  )
}
