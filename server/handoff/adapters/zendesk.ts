import { type Adapter, asHtml, basic, below, requesterOf } from '../target.ts'
import { subjectOf, tagsOf, textOf } from '../ticket.ts'

/**
 * Zendesk Support, Tickets API: https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/
 * Without a requester it is the agent whose token this is. The comment is an internal note, and HTML that
 * we escaped, since plain text may be read as Markdown, images included.
 */
export const zendesk: Adapter = (ticket, target) => {
  const requester = requesterOf(ticket, target)
  return {
    url: below(target.url, '/api/v2/tickets.json'),
    headers: {
      'content-type': 'application/json',
      authorization: basic(`${target.user}/token`, target.token),
      // a second try after a lost answer makes no second ticket
      'idempotency-key': ticket.id,
    },
    body: JSON.stringify({
      ticket: {
        subject: subjectOf(ticket),
        comment: { html_body: asHtml(textOf(ticket, 40_000)), public: false },
        type: 'incident',
        tags: tagsOf(ticket),
        ...(ticket.key && { external_id: `bouncewise-${ticket.key}` }),
        ...(requester && { requester: { name: requester, email: requester } }),
      },
    }),
  }
}
