/** What people type in a hurry, as they mean it: for understanding alone, never shown. */
import exampleData from '../../kb/data/intents/examples.json' with { type: 'json' }

const SHORT: Readonly<Record<string, string>> = {
  u: 'you',
  wat: 'what',
  nd: 'and',
  rite: 'right',
  teh: 'the',
  hav: 'have',
  wich: 'which',
  wen: 'when',
  shud: 'should',
  cud: 'could',
  wud: 'would',
  ppl: 'people',
  tmrw: 'tomorrow',
  nvm: 'never mind',
  eta: 'how long',
  ffs: '',
  wtf: 'what',
  clik: 'click',
  hapen: 'happen',
  othr: 'other',
  otehrs: 'others',
  ur: 'your',
  r: 'are',
  pls: 'please',
  plz: 'please',
  y: 'why',
  bc: 'because',
  cuz: 'because',
  thru: 'through',
  msg: 'message',
  atm: 'now',
  im: "i'm",
  ive: "i've",
  dont: "don't",
  doesnt: "doesn't",
  didnt: "didn't",
  isnt: "isn't",
  wasnt: "wasn't",
  arent: "aren't",
  havent: "haven't",
  hasnt: "hasn't",
  wont: "won't",
  cant: "can't",
  couldnt: "couldn't",
  shouldnt: "shouldn't",
  whats: "what's",
  whos: "who's",
  hes: "he's",
  shes: "she's",
  theyre: "they're",
  thats: "that's",
  adress: 'address',
  adresse: 'address',
  recieve: 'receive',
  recieved: 'received',
  fone: 'phone',
  gonna: 'going to',
  wanna: 'want to',
  gotta: 'have to',
}

/** Shorter words have too many neighbours that are words as well. */
const LEAST_LETTERS = 4

const counts = new Map<string, number>()
for (const text of Object.values(exampleData).flat())
  for (const word of text.toLowerCase().match(/[a-z']+/g) ?? [])
    counts.set(word, (counts.get(word) ?? 0) + 1)
const known = [...counts].filter(([word]) => word.length >= LEAST_LETTERS)

/** A word that nobody of the examples uses, for one that they do and that is one slip away. */
function mend(word: string): string {
  const short = SHORT[word]
  if (short !== undefined) return short
  if (word.length < LEAST_LETTERS || counts.has(word) || !/^[a-z]+$/.test(word)) return word
  if (isForm(word)) return word
  let [best, most] = [word, 0]
  for (const [other, count] of known)
    if (count > most && isSlip(word, other)) [best, most] = [other, count]
  return best
}

/** "servers", "mailed", "sending": another form of a word that is known. */
const isForm = (word: string): boolean =>
  ['s', 'es', 'd', 'ed', 'ing', 'er', 'ly'].some(
    (end) => word.endsWith(end) && counts.has(word.slice(0, -end.length)),
  )

/** Two letters swapped, or one missing or doubled: what fingers do. Another letter is another word. */
function isSlip(typed: string, meant: string): boolean {
  const gap = typed.length - meant.length
  if (typed[0] !== meant[0] || Math.abs(gap) > 1) return false
  let at = 0
  while (at < typed.length && typed[at] === meant[at]) at++
  if (gap === 0)
    return (
      typed[at] === meant[at + 1] &&
      typed[at + 1] === meant[at] &&
      typed.slice(at + 2) === meant.slice(at + 2)
    )
  const [longer, shorter] = gap > 0 ? [typed, meant] : [meant, typed]
  if (longer.slice(at + 1) !== shorter.slice(at)) return false
  // "form" for "forms" is a form of its own
  return longer.length > LEAST_LETTERS && at < longer.length - 1
}

/** The text with its slips mended, word by word; addresses, codes and names in capitals stay. */
export const spelled = (text: string): string =>
  text.replace(/(?<![\w@.'-])[A-Z]?[a-z]+(?![\w@'-]|\.\w)/g, (word) => {
    const mended = mend(word.toLowerCase())
    return mended === word.toLowerCase() ? word : mended
  })

/** "Did Bob get it?" is asked of anybody: a name is no word of the question. */
const anybody = (text: string): string =>
  text.replace(/(?<=\w[\w',]*\s)[A-Z][a-z]{2,}(?:'s)?(?![\w@.-])/g, (name) =>
    counts.has(name.toLowerCase().replace(/'s$/, '')) ? name : name.endsWith("'s") ? 'her' : 'she',
  )

const FILLERS =
  /^\W*(?:(?:ok|okay|k|so|and|but|well|hm+|uh|oh|ah|now|then|right|fine|also|hey|hi|lol|actually|just|please|sorry)\b[\s,.!:;-]*)+(?=\S)/i
const REPORTED =
  /^(?:(?:he|she|they|the (?:user|caller|customer|client|boss)|my (?:boss|user|customer|colleague|wife|husband))\s+)(?:(?:just|now|also)\s+)?(?:wants? to know|asks?|is asking|asked|wonders?|would like to know)(?: me)?(?: if| whether)?\s+/i
const ASKING =
  /^(?:(?:can|could|would) you (?:please )?(?:tell|explain to) (?:me|us)|do you know|any idea|i(?:'d| would)? (?:like|want|need) to know|tell me|may i ask)(?: if| whether)?\s+/i
const TAIL = /[\s,]+(?:lol|haha+|please|thanks|thx|now|though|then|exactly|actually|btw)(?=\W*$)/i

/** What is asked, without the words around it: "ok and he wants to know whether …". */
export function asked(text: string): string {
  let now = anybody(text.trim().replace(/\beta\b/gi, 'how long'))
  for (const pattern of [FILLERS, REPORTED, ASKING, FILLERS, TAIL]) {
    const rest = now.replace(pattern, '')
    // a message of fillers alone means something: "ok", "so what now"
    if (/\w\W+\w/.test(rest)) now = rest
  }
  return now
}
