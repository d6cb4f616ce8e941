/** What a mail admin needs: steps, commands and menu paths, those of the product in question only. */
import { type Draft, withMark } from '../draft.ts'
import { fill, valuesOf } from '../fill.ts'
import { sayPart } from '../open.ts'
import { fits, type Part, partsWith, productsIn, shorten } from '../sections.ts'
import { mainArticle, type Turn } from '../turn.ts'
import { RESEND } from './verdict.ts'

const FOR_ADMIN = 'What your mail admin can do'
const STEPS = 4
const DETAILS = 450

/** The first answer to an admin: steps, then the part about the product. */
export function adminPart(turn: Turn, draft: Draft): void {
  const { diagnosis, report } = turn
  if (!diagnosis || report?.kind === 'auto-reply' || report?.kind === 'success') return
  const article = mainArticle(turn)
  const [part] = productParts(turn)
  const steps = unsaid(turn, part)
  if (steps.length === 0 && !part) return
  const mark = draft.cite(article, part?.heading ?? FOR_ADMIN)
  if (steps.length > 0) draft.add(`**What to do**\n\n${withMark(listOf(steps), mark)}`)
  if (!part) return
  const text = fill(shorten(part.markdown, DETAILS), valuesOf(report))
  const heading = part.heading === FOR_ADMIN && steps.length > 0 ? '' : `**${part.heading}**\n\n`
  draft.add(`${heading}${withMark(text, draft.cite(article, part.heading))}`)
}

/** One line for the admin to pass on. */
export function senderLine({ diagnosis, report }: Turn, draft: Draft): void {
  if (!diagnosis || report?.kind === 'auto-reply' || report?.kind === 'success') return
  draft.add(`**For the person who wrote the mail:** send it again? ${RESEND[diagnosis.resend]}`)
}

/** What the sending side's admin can do, in a follow-up. */
export function adminSteps(turn: Turn, draft: Draft): void {
  const article = mainArticle(turn)
  const [part] = productParts(turn)
  const steps = unsaid(turn, part)
  if (steps.length > 0)
    draft.add(`**${FOR_ADMIN}**\n\n${withMark(listOf(steps), draft.cite(article, FOR_ADMIN))}`)
  if (article && part) {
    const titled = steps.length === 0 || part.heading !== FOR_ADMIN
    sayPart(turn, draft, article, part, 1000, titled)
  }
}

/** Steps that the article's part does not say in its own words anyway. */
function unsaid({ diagnosis }: Turn, part: Part | undefined): readonly string[] {
  const text = bare(part?.markdown ?? '')
  const steps = diagnosis?.nextSteps.admin ?? []
  return steps.filter((step) => !text.includes(bare(step).slice(0, 40))).slice(0, STEPS)
}

const bare = (markdown: string): string => markdown.replace(/[`*_]/g, '')
const listOf = (steps: readonly string[]): string => steps.map((step) => `- ${step}`).join('\n')

/** Parts for admins that name a product in question; none where the article makes no difference. */
export function productParts(turn: Turn): readonly Part[] {
  const article = mainArticle(turn)
  if (!article) return []
  const parts = partsWith(article, 'sender-admin')
  const named = parts.filter(
    ({ heading }) => productsIn(heading).size > 0 && fits(heading, turn.products),
  )
  return named.length > 0 ? named : parts.filter(({ heading }) => productsIn(heading).size === 0)
}
