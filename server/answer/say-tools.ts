/** What the tools found, said in Markdown with its source. */
import { asCode, type Draft } from './draft.ts'
import { longestWait } from './tools/hops.ts'
import type { Turn } from './turn.ts'

/** The lines that were pasted to be explained. True where there was one. */
export function sayLines(turn: Turn, draft: Draft): boolean {
  const before = draft.pieces.length
  sayBanner(turn, draft)
  sayTracked(turn, draft)
  if (!turn.tools.banner) sayLogRow(turn, draft)
  sayAuth(turn, draft)
  sayHops(turn, draft)
  return draft.pieces.length > before
}

function sayBanner({ tools: { banner }, articles }: Turn, draft: Draft): void {
  if (!banner) return
  const mark = draft.cite(articles.get('smtp-banners'), '')
  draft.add(
    `This is the greeting of a mail server (SMTP banner): ${asCode(banner.line)}. It points to ${banner.product}.${mark}`,
  )
  draft.add(banner.tells.map((line) => `- ${line}${mark}`).join('\n'))
  if (banner.columns.length > 0)
    draft.add(
      `The tail ${asCode(banner.columns.join(' '))} is not part of the greeting: these are columns of the log it was copied from.${mark}`,
    )
  draft.add(
    `A greeting is a hint, never proof: it can be changed freely, and a gateway may answer in front of the mail server. The version in a Microsoft greeting is that of the SMTP service, not Exchange's build.${mark}`,
  )
}

function sayTracked({ tools: { tracked }, articles }: Turn, draft: Draft): void {
  if (!tracked) return
  const old = /[a-z]/.test(tracked.event)
  const article = articles.get(
    old ? 'message-tracking-exchange-2003' : 'message-tracking-exchange-2007-2019',
  )
  const mark = draft.cite(article, old ? 'How to read the end of the list' : '')
  draft.add(
    `**${tracked.event}** ${/[.]$/.test(tracked.meaning) ? 'means' : 'is'}: ${tracked.meaning}${mark}`,
  )
  draft.add(`**Where to look next:** ${tracked.next}${mark}`)
}

function sayLogRow({ tools: { logRow }, articles }: Turn, draft: Draft): void {
  if (!logRow || logRow.cells.length < 3) return
  const mark = draft.cite(articles.get('smtp-protocol-logs-exchange-2003'), '')
  const rows = logRow.cells
    .slice(0, 9)
    .map(([name, value]) => `| ${name} | ${asCode(value.replaceAll('|', '/'))} |`)
  draft.add(`This is a row of the SMTP log (W3C format). Laid out:${mark}`)
  draft.add(`| Column | Value |\n|---|---|\n${rows.join('\n')}`)
  draft.add(
    `${logRow.outbound ? 'It belongs to a session that your server opened to the other side. ' : ''}Times in this log are in UTC; blanks are written as \`+\`.${mark}`,
  )
}

function sayAuth({ tools: { auth }, articles }: Turn, draft: Draft): void {
  if (auth.length === 0) return
  const mark = draft.cite(articles.get('read-headers') ?? articles.get('dmarc-failures'), '')
  draft.add(
    `What the receiving side checked (Authentication-Results):\n\n${auth.map(({ method, result, says }) => `- \`${method}=${result}\`: ${says}.`).join('\n')}${mark}`,
  )
}

/** The stations of pasted headers, with the longest wait between two of them. */
function sayHops({ tools: { hops }, articles }: Turn, draft: Draft): void {
  const wait = longestWait(hops)
  if (!wait) return
  const mark = draft.cite(articles.get('read-headers'), '')
  draft.add(
    wait.hours * 60 < LEAST_MINUTES
      ? `The mail went through ${hops.length} stations without a wait worth naming.${mark}`
      : `The longest wait: **${wait.waited}** between ${asCode(wait.from.server)} and ${asCode(wait.to.server)}. So the mail lay in the queue of ${asCode(wait.from.server)} before ${asCode(wait.to.server)} took it; or the clocks of the two machines differ.${mark}`,
  )
  const rows = hops.map(
    ({ server, when }) => `| ${asCode(server)} | ${asCode(when.replaceAll('|', '/'))} |`,
  )
  draft.add(`| Station, oldest first | Took it at |\n|---|---|\n${rows.join('\n')}`)
}
const LEAST_MINUTES = 5

export function sayTimeline({ tools: { timeline } }: Turn, draft: Draft): void {
  if (!timeline || timeline.steps.length < 2) return
  const steps = timeline.steps.map(({ what, when }) => `${what}: ${when}`).join(' · ')
  draft.add(
    `${steps}${timeline.waited && (timeline.hours ?? 0) >= 0.5 ? ` · between: **${timeline.waited}**` : ''}`,
  )
}

export function sayX500({ tools: { x500 }, articles }: Turn, draft: Draft): void {
  if (!x500) return
  const mark = draft.cite(articles.get('stale-autocomplete-imceaex'), '')
  draft.add(
    `The long \`IMCEAEX…\` address is an old internal Exchange address in another spelling. Rebuilt, it is this X.500 address, which an admin can add to the mailbox:${mark}`,
  )
  draft.add(`\`\`\`text X.500 address\nX500:${x500.x500.replaceAll('`', '')}\n\`\`\``)
}

export function sayBlocklist(
  { tools: { blocklist, refusedQuery }, articles, diagnosis }: Turn,
  draft: Draft,
): void {
  if (refusedQuery) {
    const mark = draft.cite(articles.get('blocklist-answer-not-a-listing'), '')
    draft.add(
      `**This is not a listing.** The blocklist refused to answer the receiving server's question (too many queries, or through a public DNS resolver), and that server took the refusal for a hit. Only the receiving side can mend that.${mark}`,
    )
    return
  }
  if (!blocklist || !diagnosis) return
  const mark = draft.cite(articles.get('blocklisted'), '')
  draft.add(
    `The list that is named: **${blocklist.name}**${blocklist.ip ? `, for the address ${asCode(blocklist.ip)}` : ''}. Look it up at ${blocklist.lookup}${mark}`,
  )
}

export function saySize({ tools: { size }, articles }: Turn, draft: Draft): void {
  if (!size) return
  const mark = draft.cite(articles.get('message-too-large'), '')
  const parts = [
    size.size && `the message is ${size.size}`,
    size.limit && `the limit is ${size.limit}`,
  ].filter(Boolean)
  draft.add(
    `Sizes in the report: ${parts.join(', ')}. An attachment grows by about a third when it is mailed, so a file must stay well below the limit.${mark}`,
  )
}
