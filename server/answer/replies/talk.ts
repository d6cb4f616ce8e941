import type { IntentId } from '../intent.ts'

/** Replies that need neither a report nor the KB. */
export const TALK: Readonly<Partial<Record<IntentId, string>>> = {
  thanks: 'Glad to hear it. If another mail comes back, paste its report here and I read it anew.',
  greeting:
    'Hello. Paste the mail that came back, all of it if you can, and I tell you what happened, who has to act and what to do next. You can also just ask.',
  capability:
    'I am a program that reads delivery reports: paste a mail that came back (or drop the `.eml` file), and I say what happened, who has to act and what to do next, with sources. I can lay out log lines and headers and write texts to send. I cannot send, unblock or look anything up on your servers.',
  human:
    'I am a program, and there is no person behind this page. For a person, turn to your own mail admin or IT, or to the support of your mail provider; I can write a text for them from your report.',
  privacy:
    'This server keeps no conversation and does not log what you paste: the page sends the whole conversation along with each question. Still, take out what nobody but you should read.',
  language:
    'I read reports in many languages, but I answer in English. The translation of your browser can show this page in yours.',
  ok: 'Good. Ask whenever something is unclear, or paste the next report if the mail comes back again.',
}
