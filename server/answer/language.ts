/** In which language a person writes, as far as a few function words tell. We answer in English. */

const WORDS: Readonly<Record<string, readonly string[]>> = {
  German:
    'ich und nicht warum meine mein ist das der die wie wir mit eine einen kommt wird habe kann bitte zurück auf deutsch muss sie wer das beheben soll senden nochmal kam was er es zu für von bei noch auch wieder warum warten danke'.split(
      ' ',
    ),
  French:
    'je et ne pas pourquoi mon mes est le la les que nous avec une vous bonjour est-ce reçu comment dans qui quoi faire pour merci faut dois peut ce mon ma mes sur'.split(
      ' ',
    ),
  Spanish:
    'yo por qué mi mis es el los no con una qué cómo hola puedo correo porque está tengo para me que dice rebota correo culpa gracias buzón lleno quién debo'.split(
      ' ',
    ),
  Italian:
    'io non perché mio mia è il che cosa con una come ciao posta sono della questo posso ho'.split(
      ' ',
    ),
  Portuguese:
    'eu não por que meu minha é o os com uma como olá você está tenho para isso posso e-mail'.split(
      ' ',
    ),
  Dutch: 'ik en niet waarom mijn is het de een wat hoe met wij kan kunnen krijg heb van deze'.split(
    ' ',
  ),
  Polish: 'nie dlaczego moje mój jest co jak się dzień czy mogę mam do wiadomość'.split(' '),
  Swedish: 'jag och inte varför min mitt är det en hur med kan har detta'.split(' '),
}
const ENGLISH = new Set(
  'i the and not why my is it what how we with a an was does did this that to of can should do me you have'.split(
    ' ',
  ),
)
const SCRIPTS: readonly (readonly [RegExp, string])[] = [
  [/[\u3040-\u30ff]/g, 'Japanese'],
  [/[\uac00-\ud7af]/g, 'Korean'],
  [/[\u4e00-\u9fff]/g, 'Chinese'],
  [/[\u0400-\u04ff]/g, 'Russian'],
  [/[\u0600-\u06ff]/g, 'Arabic'],
  [/[\u0590-\u05ff]/g, 'Hebrew'],
  [/[\u0370-\u03ff]/g, 'Greek'],
]

/** Addresses, hosts and codes are of no language: "o=" and ".com" are no Portuguese. */
const NAME = /[@=/\\<>_\d]|.\.\p{L}{2,}/u

/** The language of a person's own words where it is not English and clear enough; else undefined. */
export function foreignLanguage(text: string): string | undefined {
  const letters = text.replace(/[^\p{L}]/gu, '').length
  if (letters === 0) return undefined
  for (const [script, name] of SCRIPTS)
    if ((text.match(script)?.length ?? 0) > letters * 0.3) return name
  const words = text
    .split(/\s+/)
    .filter((word) => !NAME.test(word))
    .flatMap((word) => word.toLowerCase().match(/[\p{L}'-]+/gu) ?? [])
  const english = words.filter((word) => ENGLISH.has(word)).length
  const [best] = Object.entries(WORDS)
    .map(([name, list]) => ({ name, hits: words.filter((word) => list.includes(word)).length }))
    .sort((a, b) => b.hits - a.hits)
  return best && best.hits >= 2 && best.hits > english * 1.5 ? best.name : undefined
}
