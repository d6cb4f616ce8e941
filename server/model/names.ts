/**
 * Names that stand only in the person's own question: behind a salutation or a title, under a closing
 * line, after "my name is". Other words with a capital may be products or companies and are needed, so
 * they stay.
 */

const WORD = "\\p{Lu}[\\p{L}'’-]{1,40}"
const NAME = `(${WORD}(?:[ \\t]+(?:(?:von|van|de|der|den|la|di)[ \\t]+){0,2}${WORD}){0,2})`

const PATTERNS: readonly RegExp[] = [
  // "Dear Ms Miller", "Hi Anna,", "Sehr geehrte Frau Schmidt"
  new RegExp(
    `(?<![\\p{L}])(?:[Dd]ear|[Hh]i|[Hh]ello|[Hh]ey|[Ll]ieber?|[Ss]ehr geehrter?|[Cc]her|[Cc]hère|[Bb]onjour|[Hh]ola|[Cc]iao)[ \\t]+(?:(?:Mr|Mrs|Ms|Miss|Dr|Prof|Herr|Frau|M|Mme)\\.?[ \\t]+){0,2}${NAME}`,
    'gu',
  ),
  // "Mr Jones", "Dr. Okafor", "Frau Schmidt"
  new RegExp(
    `(?<![\\p{L}])(?:Mr|Mrs|Ms|Miss|Mister|Dr|Prof|Professor|Herrn?|Frau|Madame|Monsieur|Mme|Señora?|Signora?)\\.?[ \\t]+${NAME}`,
    'gu',
  ),
  // "my name is …", "this is Anna from …"
  new RegExp(`(?<![\\p{L}])(?:[Mm]y name is|[Mm]ein Name ist|[Jj]e m'appelle)[ \\t]+${NAME}`, 'gu'),
  // "Kind regards,\nAnna Miller"
  new RegExp(
    `(?<![\\p{L}])(?:regards|wishes|sincerely|yours|cheers|thanks|thank you|best|grüße|grüßen|gruß|cordialement|saludos|saluti)[,.!]?[ \\t]*\\n[ \\t]*${NAME}[ \\t]*(?=\\n|$)`,
    'giu',
  ),
]
/** What people greet that is nobody's name. */
const NOBODY =
  /^(?:All|Everyone|Everybody|Team|Sir|Madam|Sirs|Support|Admin|There|Folks|Bouncewise|Postmaster|Microsoft|Google|Exchange|Outlook|Gmail|Customer|User|Recipient|Sender)\b/

/** The names, each whole and by its words, longest first. */
export function namesInTalk(text: string): readonly string[] {
  const names = new Set<string>()
  for (const pattern of PATTERNS)
    for (const [, name] of text.matchAll(pattern)) {
      if (!name || NOBODY.test(name)) continue
      names.add(name)
      for (const word of name.split(/[ \t]+/)) if (/^\p{Lu}.{2,}/u.test(word)) names.add(word)
    }
  return [...names].sort((a, b) => b.length - a.length)
}
