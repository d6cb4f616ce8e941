import { type Adapter, below, requesterOf } from '../target.ts'
import { subjectOf, tagsOf, textOf } from '../ticket.ts'

/**
 * osTicket: https://docs.osticket.com/en/latest/Developer%20Documentation/API/Tickets.html
 * No tags there: they close the message, where a ticket filter finds them. `autorespond` is off, so that
 * nobody is written to.
 */
export const osticket: Adapter = (ticket, target) => {
  const tags = `TAGS\n${tagsOf(ticket).join(' ')}`
  return {
    url: below(target.url, '/api/tickets.json'),
    headers: { 'content-type': 'application/json', 'x-api-key': target.token },
    body: JSON.stringify({
      name: 'Bouncewise',
      email: requesterOf(ticket, target),
      subject: subjectOf(ticket),
      message: asData(`${textOf(ticket, 60_000)}\n\n${tags}`),
      source: 'API',
      alert: true,
      autorespond: false,
      ...(target.queue && { topicId: target.queue }),
    }),
  }
}

/** RFC 2397, which says how the text is encoded and that it is no HTML. Half a surrogate pair would throw. */
const asData = (text: string): string =>
  `data:text/plain;charset=utf-8,${encodeURIComponent(Buffer.from(text).toString())}`
