import { type Adapter, below, requesterOf } from '../target.ts'
import { subjectOf, tagsOf, textOf } from '../ticket.ts'

/**
 * Zammad: https://docs.zammad.org/en/latest/api/ticket/index.html
 * An internal note: visible to agents, mailed to nobody.
 */
export const zammad: Adapter = (ticket, target) => ({
  url: below(target.url, '/api/v1/tickets'),
  headers: { 'content-type': 'application/json', authorization: `Token token=${target.token}` },
  body: JSON.stringify({
    title: subjectOf(ticket),
    group: target.queue,
    customer: requesterOf(ticket, target),
    tags: tagsOf(ticket).join(','),
    article: {
      subject: subjectOf(ticket),
      body: textOf(ticket, 200_000),
      content_type: 'text/plain',
      type: 'note',
      internal: true,
    },
  }),
})
