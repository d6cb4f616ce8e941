/**
 * The patterns that must capture. All linear: no quantifier stands inside another one, every repetition
 * is bounded or over a class that what follows does not share.
 */

/** A line wrap inside a code: "5.\n   1.1". */
const WRAP = '(?:\\n[ \\t]{0,16})?'
const ENHANCED = `[245]${WRAP}\\.${WRAP}\\d{1,3}${WRAP}\\.${WRAP}\\d{1,3}`

/** RFC 3463 code; not a piece of an IP address or a version number of four parts. */
export const STATUS = new RegExp(`(?<![\\d.@/\\w-]|[vV]ersion )(${ENHANCED})(?!\\.?\\d|-\\w)`, 'g')

/** The same, to be asked once. */
export const ONE_STATUS = new RegExp(STATUS.source)

/** RFC 5321 reply code: no piece of a number, a host name, a path, an offset. */
export const REPLY =
  /(?<![\w.,@/\\+%-])(?!40[1-9]|41\d)([45]\d\d)(?=[\s\-:;,#'")\]>.\\]|$)(?!\.\d)/g

/** A status code right behind a reply code: "550 5.1.1", "550-5.7.1", "550 #5.1.0", "550-'5.7.1". */
export const STATUS_NEXT = new RegExp(`[\\s\\-:'"(#]{1,8}(${ENHANCED})(?!\\.?\\d)`, 'y')

/** "552 bytes", "500 messages": a number of something. */
export const UNIT =
  /[\s-]{1,2}(?:bytes?|[kKmMgG]i?[bB]|minutes?|seconds?|hours?|days?|times|attempts?|people|euros?|g|ml|ms|pages?|lines?)\b/y

/** What stands before a number that is a reply, when it does not begin its line. */
export const BEFORE_REPLY =
  /(?:[:;'"(#<>[,=|]|\b(?:said|says|code|codes|error|errors|status|reply|returned|response|with|answered|smtp|ndr|bounce|an?|the|by|is|was|got|get|of|mean|means|fehler|erreur|fout|errore)|->)[ \t]{0,24}\n?[ \t]{0,24}$/i

/** A host name or an IP address. */
const HOST_NAME = '[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,62}\\.){1,10}[A-Za-z0-9_-]{1,63}'
export const HOST = new RegExp(
  `\\s{0,40}[<(\\["']?(?:dns;\\s{0,4})?(${HOST_NAME}|[A-Za-z0-9][A-Za-z0-9-]{1,62}(?=\\.?\\s|\\[|\\.$))`,
  'y',
)

/** qmail and DragonFly: "mx.example.com [192.0.2.1] did not like our RCPT TO:"; Exchange: its own line */
export const HOST_FIRST = new RegExp(
  `(?<![\\w.@-])(${HOST_NAME})(?:[ ]\\[[^\\]\\n]{1,60}\\])?\\s(?:did not like|does not like|failed after|gave this error|rejected your message|[Rr]emote [Ss]erver returned|#[45]\\d\\d[ ])`,
)

/** Which command was answered. */
export const COMMAND =
  /(?:in\s+reply\s+to|after|performing\s+the|following|response\s+to|did\s+not\s+like\s+our|STEP:|command:?|>>>|Sent <<<)\s+(?:final\s+|end\s+of\s+|sending\s+|initial\s+|the\s+|pipelined\s+)?(MAIL|RCPT|DATA|EHLO|HELO|LHLO|STARTTLS|AUTH|BDAT|QUIT|RSET|connection|greeting)\b/i

/** "Remote-MTA: dns; host (…)", "Final-Recipient: rfc822; address": the type before the value. */
export const TYPED = /^\s*[A-Za-z][\w./-]{0,20}\s*;\s*/
