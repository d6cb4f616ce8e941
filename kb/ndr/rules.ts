/**
 * The rule files as one list, in the order in which they are tried. The order is written here and
 * nowhere else: providers, products, general wording, hints; inside a file, top to bottom.
 */
import general from '../data/general.json' with { type: 'json' }
import hints from '../data/hints.json' with { type: 'json' }
import domino from '../data/mta/domino.json' with { type: 'json' }
import exchange from '../data/mta/exchange.json' with { type: 'json' }
import exim from '../data/mta/exim.json' with { type: 'json' }
import others from '../data/mta/others.json' with { type: 'json' }
import postfix from '../data/mta/postfix.json' with { type: 'json' }
import qmail from '../data/mta/qmail.json' with { type: 'json' }
import sendmail from '../data/mta/sendmail.json' with { type: 'json' }
import amazonSes from '../data/providers/amazon-ses.json' with { type: 'json' }
import att from '../data/providers/att.json' with { type: 'json' }
import barracuda from '../data/providers/barracuda.json' with { type: 'json' }
import biglobe from '../data/providers/biglobe.json' with { type: 'json' }
import brevo from '../data/providers/brevo.json' with { type: 'json' }
import ciscoEsa from '../data/providers/cisco-esa.json' with { type: 'json' }
import cloudflare from '../data/providers/cloudflare.json' with { type: 'json' }
import comcast from '../data/providers/comcast.json' with { type: 'json' }
import cox from '../data/providers/cox.json' with { type: 'json' }
import docomo from '../data/providers/docomo.json' with { type: 'json' }
import exchangeOnline from '../data/providers/exchange-online.json' with { type: 'json' }
import facebook from '../data/providers/facebook.json' with { type: 'json' }
import fastmail from '../data/providers/fastmail.json' with { type: 'json' }
import gmail from '../data/providers/gmail.json' with { type: 'json' }
import gmx from '../data/providers/gmx.json' with { type: 'json' }
import godaddy from '../data/providers/godaddy.json' with { type: 'json' }
import icloud from '../data/providers/icloud.json' with { type: 'json' }
import ionos from '../data/providers/ionos.json' with { type: 'json' }
import iua from '../data/providers/iua.json' with { type: 'json' }
import kddi from '../data/providers/kddi.json' with { type: 'json' }
import mailRu from '../data/providers/mail-ru.json' with { type: 'json' }
import mailchimp from '../data/providers/mailchimp.json' with { type: 'json' }
import mailgun from '../data/providers/mailgun.json' with { type: 'json' }
import mailjet from '../data/providers/mailjet.json' with { type: 'json' }
import mcafee from '../data/providers/mcafee.json' with { type: 'json' }
import mimecast from '../data/providers/mimecast.json' with { type: 'json' }
import netease from '../data/providers/netease.json' with { type: 'json' }
import orange from '../data/providers/orange.json' with { type: 'json' }
import outlookCom from '../data/providers/outlook-com.json' with { type: 'json' }
import proofpoint from '../data/providers/proofpoint.json' with { type: 'json' }
import proton from '../data/providers/proton.json' with { type: 'json' }
import rackspace from '../data/providers/rackspace.json' with { type: 'json' }
import sendgrid from '../data/providers/sendgrid.json' with { type: 'json' }
import spectrum from '../data/providers/spectrum.json' with { type: 'json' }
import symantecCloud from '../data/providers/symantec-cloud.json' with { type: 'json' }
import tOnline from '../data/providers/t-online.json' with { type: 'json' }
import tencent from '../data/providers/tencent.json' with { type: 'json' }
import trendMicro from '../data/providers/trend-micro.json' with { type: 'json' }
import yahoo from '../data/providers/yahoo.json' with { type: 'json' }
import yandex from '../data/providers/yandex.json' with { type: 'json' }
import zoho from '../data/providers/zoho.json' with { type: 'json' }
import replies from '../data/reply-codes.json' with { type: 'json' }
import statuses from '../data/status-codes.json' with { type: 'json' }
import type { Reason, ReplyCode, Rule, RuleFile, StatusCode } from '../types.ts'

/** The JSON modules are typed by their literals; `test/kb/rules` proves that each fits its schema. */
const typed = (files: readonly unknown[]): readonly RuleFile[] => files as readonly RuleFile[]

/** Where two providers' marks stand in one text, the earlier of this list is the refuser. */
export const PROVIDERS = typed([
  gmail,
  outlookCom,
  exchangeOnline,
  yahoo,
  icloud,
  mimecast,
  proofpoint,
  barracuda,
  ciscoEsa,
  symantecCloud,
  trendMicro,
  mcafee,
  orange,
  spectrum,
  cox,
  comcast,
  att,
  godaddy,
  gmx,
  ionos,
  tOnline,
  mailRu,
  yandex,
  zoho,
  tencent,
  netease,
  docomo,
  kddi,
  biglobe,
  facebook,
  iua,
  proton,
  fastmail,
  rackspace,
  cloudflare,
  amazonSes,
  sendgrid,
  mailgun,
  brevo,
  mailchimp,
  mailjet,
])

export const PRODUCTS = typed([exchange, postfix, exim, sendmail, qmail, domino, others])

export const [GENERAL, HINTS] = typed([general, hints]) as readonly [RuleFile, RuleFile]

export const RULE_FILES: readonly RuleFile[] = [...PROVIDERS, ...PRODUCTS, GENERAL, HINTS]

/** "Recipient address rejected" and the like: believed only where no code says more. */
export const isHint = (file: RuleFile): boolean => file === HINTS

/** One rule with the file that it stands in. */
export type Placed = { readonly rule: Rule; readonly file: RuleFile }

export const RULES: readonly Placed[] = RULE_FILES.flatMap((file) =>
  file.rules.map((rule) => ({ rule, file })),
)

/** The rules to judge the words of these speakers with: all of them, but in a browser. */
export const rulesFor = (_speakers: readonly RuleFile[], _text: string): readonly Placed[] => RULES

const byId = new Map(RULES.map((placed) => [placed.rule.id, placed]))

/** The rule of this id, with its file: what it means, from which source. */
export const findRule = (id: string): Placed | undefined => byId.get(id)

export const STATUS_CODES = statuses as readonly StatusCode[]
export const REPLY_CODES = replies as readonly ReplyCode[]

const statusReasons = new Map<string, Reason>(STATUS_CODES.map((it) => [it.code, it.reason]))
const replyReasons = new Map<number, Reason>(REPLY_CODES.map((it) => [it.code, it.reason]))

/** "5.1.1" as the registry and the rules write it: "X.1.1". */
export const anyClass = (enhancedStatusCode: string): string => `X${enhancedStatusCode.slice(1)}`

/** What a registered code means as a rule, or `undefined` for a code that no registry knows. */
export const reasonOfStatus = (enhancedStatusCode: string): Reason | undefined =>
  statusReasons.get(anyClass(enhancedStatusCode))

export const reasonOfReply = (replyCode: number): Reason | undefined => replyReasons.get(replyCode)
