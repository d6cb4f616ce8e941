import { type Adapter, basic, below } from '../target.ts'
import { subjectOf, tagsOf, textOf } from '../ticket.ts'

/** Jira refuses a description of more than 32,767 characters. */
const LIMIT = 32_000

/**
 * Jira Service Management, https://developer.atlassian.com/cloud/jira/service-desk/rest/api-group-request/
 * The requester is the account of the token. Cloud: its address and an API token; Data Center: a personal
 * access token alone. Labels are not a field of every request type, and an unknown one is refused: the key
 * stands in the description, which JQL searches.
 */
export const jira: Adapter = (ticket, target) => {
  const [serviceDeskId, requestTypeId] = target.queue.split('/')
  return {
    url: below(target.url, '/rest/servicedeskapi/request'),
    headers: {
      'content-type': 'application/json',
      accept: 'application/json',
      authorization: target.user ? basic(target.user, target.token) : `Bearer ${target.token}`,
    },
    body: JSON.stringify({
      serviceDeskId,
      requestTypeId,
      requestFieldValues: {
        summary: subjectOf(ticket).slice(0, 255),
        description: `${verbatim(textOf(ticket, LIMIT))}\n${tagsOf(ticket).join(' ')}`,
      },
    }),
  }
}

/** Wiki markup would fetch pictures of whoever wrote the report; inside `noformat` it is only text. */
const verbatim = (text: string): string =>
  `{noformat}\n${text.replaceAll(/\{(?=noformat)/gi, '(')}\n{noformat}`
