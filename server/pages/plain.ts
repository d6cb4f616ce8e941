import type { ChatAnswer, ChatMessage } from '../../kb/types.ts'
import { escapeHtml, toHtml } from '../markdown/index.ts'
import { toPage } from './layout.ts'

/** The chat without script: a form, an answer, and a form to ask on that brings the conversation along. */
export function plainPage(
  messages: readonly ChatMessage[] = [],
  answer: ChatAnswer | undefined = undefined,
): string {
  const asked = messages.at(-1)?.content ?? ''
  const main = [
    '<h1>A mail came back?</h1>',
    answer ? answerHtml(asked, answer) : '',
    formHtml(answer ? [...messages, { role: 'assistant', content: answer.answer }] : []),
  ]
  return toPage({ title: 'A mail came back?', main: main.filter(Boolean).join('\n') })
}

function answerHtml(
  asked: string,
  { blocks, citations, suggestions, notices }: ChatAnswer,
): string {
  const cited = citations.map(
    ({ n, title, heading, url }) =>
      `<li id="cite-${n}" value="${n}"><a href="${escapeHtml(safeUrl(url))}">${escapeHtml([title, heading].filter(Boolean).join(': '))}</a></li>`,
  )
  return [
    `<details><summary>What you asked</summary><pre>${escapeHtml(asked)}</pre></details>`,
    `<section aria-label="Answer">${toHtml(blocks)}</section>`,
    ...notices.map((notice) => `<p class="notice">${escapeHtml(notice)}</p>`),
    cited.length > 0 ? `<h2>Where this is from</h2><ol>${cited.join('')}</ol>` : '',
    suggestions.length > 0
      ? `<p>You may want to ask: ${suggestions.map((text) => `“${escapeHtml(text)}”`).join(', ')}</p>`
      : '',
  ]
    .filter(Boolean)
    .join('\n')
}

const safeUrl = (url: string): string => (/^(?:https?:\/\/|\/)/i.test(url) ? url : '#')

function formHtml(messages: readonly ChatMessage[]): string {
  const before =
    messages.length === 0
      ? ''
      : `<input type="hidden" name="messages" value="${escapeHtml(JSON.stringify(messages))}">`
  const label = messages.length === 0 ? 'Paste it here, or ask.' : 'Ask on, or paste another one.'
  return `<form class="plain" method="post" action="/">${before}
<p><label for="text">${label}</label></p>
<textarea id="text" name="text" rows="10" required maxlength="200000"></textarea>
<p><button type="submit">Explain it</button></p>
</form>`
}
