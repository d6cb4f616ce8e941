import { type Adapter, asHtml, basic, below, requesterOf } from '../target.ts'
import { subjectOf, tagsOf, textOf } from '../ticket.ts'

const OPEN = 2
const LOW = 1
const PORTAL = 2

/**
 * Freshdesk API v2: https://developers.freshdesk.com/api/#create_ticket
 * `unique_external_id` there names the requester, not the ticket: the key goes as a tag.
 */
export const freshdesk: Adapter = (ticket, target) => ({
  url: below(target.url, '/api/v2/tickets'),
  headers: { 'content-type': 'application/json', authorization: basic(target.token, 'X') },
  body: JSON.stringify({
    email: requesterOf(ticket, target),
    subject: subjectOf(ticket),
    description: asHtml(textOf(ticket, 60_000)),
    status: OPEN,
    priority: LOW,
    source: PORTAL,
    tags: tagsOf(ticket),
  }),
})
