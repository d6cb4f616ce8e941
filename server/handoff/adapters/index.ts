/** One adapter a helpdesk. To add one: a file, a line here, a line in `settings.ts`, a test. */
import type { TargetKind } from '../settings.ts'
import type { Adapter } from '../target.ts'
import { freshdesk } from './freshdesk.ts'
import { jira } from './jira.ts'
import { osticket } from './osticket.ts'
import { webhook } from './webhook.ts'
import { zammad } from './zammad.ts'
import { zendesk } from './zendesk.ts'

export const adapters: Readonly<Record<TargetKind, Adapter>> = {
  webhook,
  zendesk,
  freshdesk,
  zammad,
  osticket,
  jira,
}
