/**
 * The layouts, in the order in which they are tried: services that wrap the words of another product
 * first, relatives that say more before those that say less, general wording last.
 */

import activehunter from '../data/layouts/activehunter.json' with { type: 'json' }
import amazonSes from '../data/layouts/amazon-ses.json' with { type: 'json' }
import amazonSesReceiving from '../data/layouts/amazon-ses-receiving.json' with { type: 'json' }
import amazonWorkmail from '../data/layouts/amazon-workmail.json' with { type: 'json' }
import aol from '../data/layouts/aol.json' with { type: 'json' }
import appleMail from '../data/layouts/apple-mail.json' with { type: 'json' }
import arf from '../data/layouts/arf.json' with { type: 'json' }
import autoReply from '../data/layouts/auto-reply.json' with { type: 'json' }
import barracuda from '../data/layouts/barracuda.json' with { type: 'json' }
import bigfoot from '../data/layouts/bigfoot.json' with { type: 'json' }
import biglobe from '../data/layouts/biglobe.json' with { type: 'json' }
import ciscoEsa from '../data/layouts/cisco-esa.json' with { type: 'json' }
import coremail from '../data/layouts/coremail.json' with { type: 'json' }
import courier from '../data/layouts/courier.json' with { type: 'json' }
import docomo from '../data/layouts/docomo.json' with { type: 'json' }
import domino from '../data/layouts/domino.json' with { type: 'json' }
import dragonfly from '../data/layouts/dragonfly.json' with { type: 'json' }
import einsundeins from '../data/layouts/einsundeins.json' with { type: 'json' }
import exchange55 from '../data/layouts/exchange-5.5.json' with { type: 'json' }
import exchange2003 from '../data/layouts/exchange-2003.json' with { type: 'json' }
import exchange2007 from '../data/layouts/exchange-2007.json' with { type: 'json' }
import exchangeOnline from '../data/layouts/exchange-online.json' with { type: 'json' }
import exchangeServer from '../data/layouts/exchange-server.json' with { type: 'json' }
import exim from '../data/layouts/exim.json' with { type: 'json' }
import ezweb from '../data/layouts/ezweb.json' with { type: 'json' }
import facebook from '../data/layouts/facebook.json' with { type: 'json' }
import factsMail from '../data/layouts/facts-mail.json' with { type: 'json' }
import fml from '../data/layouts/fml.json' with { type: 'json' }
import general from '../data/layouts/general.json' with { type: 'json' }
import gmail from '../data/layouts/gmail.json' with { type: 'json' }
import gmx from '../data/layouts/gmx.json' with { type: 'json' }
import googleGroups from '../data/layouts/google-groups.json' with { type: 'json' }
import groupwise from '../data/layouts/groupwise.json' with { type: 'json' }
import hmailserver from '../data/layouts/hmailserver.json' with { type: 'json' }
import ids from '../data/layouts/ids.json' with { type: 'json' }
import iisSmtp from '../data/layouts/iis-smtp.json' with { type: 'json' }
import imail from '../data/layouts/imail.json' with { type: 'json' }
import ionos from '../data/layouts/ionos.json' with { type: 'json' }
import james from '../data/layouts/james.json' with { type: 'json' }
import kddi from '../data/layouts/kddi.json' with { type: 'json' }
import kerio from '../data/layouts/kerio.json' with { type: 'json' }
import mailDeliveryGateway from '../data/layouts/mail-delivery-gateway.json' with { type: 'json' }
import mailRu from '../data/layouts/mail-ru.json' with { type: 'json' }
import mailfoundry from '../data/layouts/mailfoundry.json' with { type: 'json' }
import mailmarshal from '../data/layouts/mailmarshal.json' with { type: 'json' }
import mcafee from '../data/layouts/mcafee.json' with { type: 'json' }
import mdaemon from '../data/layouts/mdaemon.json' with { type: 'json' }
import messagingServer from '../data/layouts/messaging-server.json' with { type: 'json' }
import mfilter from '../data/layouts/mfilter.json' with { type: 'json' }
import mimecast from '../data/layouts/mimecast.json' with { type: 'json' }
import mirapoint from '../data/layouts/mirapoint.json' with { type: 'json' }
import mxlogic from '../data/layouts/mxlogic.json' with { type: 'json' }
import notes from '../data/layouts/notes.json' with { type: 'json' }
import openmail from '../data/layouts/openmail.json' with { type: 'json' }
import opensmtpd from '../data/layouts/opensmtpd.json' with { type: 'json' }
import outlookCom from '../data/layouts/outlook-com.json' with { type: 'json' }
import outlookSend from '../data/layouts/outlook-send.json' with { type: 'json' }
import pec from '../data/layouts/pec.json' with { type: 'json' }
import postfix from '../data/layouts/postfix.json' with { type: 'json' }
import powermta from '../data/layouts/powermta.json' with { type: 'json' }
import proofpoint from '../data/layouts/proofpoint.json' with { type: 'json' }
import qmail from '../data/layouts/qmail.json' with { type: 'json' }
import rackspaceSpamGateway from '../data/layouts/rackspace-spam-gateway.json' with { type: 'json' }
import readReceipt from '../data/layouts/read-receipt.json' with { type: 'json' }
import salesforce from '../data/layouts/salesforce.json' with { type: 'json' }
import sendgrid from '../data/layouts/sendgrid.json' with { type: 'json' }
import sendmail from '../data/layouts/sendmail.json' with { type: 'json' }
import sendmail5 from '../data/layouts/sendmail-5.json' with { type: 'json' }
import smail from '../data/layouts/smail.json' with { type: 'json' }
import surfcontrol from '../data/layouts/surfcontrol.json' with { type: 'json' }
import symantecCloud from '../data/layouts/symantec-cloud.json' with { type: 'json' }
import tencent from '../data/layouts/tencent.json' with { type: 'json' }
import thunderbirdSmtp from '../data/layouts/thunderbird-smtp.json' with { type: 'json' }
import trendMicro from '../data/layouts/trend-micro.json' with { type: 'json' }
import verizon from '../data/layouts/verizon.json' with { type: 'json' }
import x2 from '../data/layouts/x2.json' with { type: 'json' }
import x2Notice from '../data/layouts/x2-notice.json' with { type: 'json' }
import x3 from '../data/layouts/x3.json' with { type: 'json' }
import x4 from '../data/layouts/x4.json' with { type: 'json' }
import x6 from '../data/layouts/x6.json' with { type: 'json' }
import yahoo from '../data/layouts/yahoo.json' with { type: 'json' }
import yandex from '../data/layouts/yandex.json' with { type: 'json' }
import zimbra from '../data/layouts/zimbra.json' with { type: 'json' }
import zoho from '../data/layouts/zoho.json' with { type: 'json' }
import type { Layout } from '../types.ts'

/** The one cast: a test proves that every file fits the schema. */
export const LAYOUTS = [
  yandex,
  mailRu,
  rackspaceSpamGateway,
  zoho,
  gmx,
  ionos,
  mxlogic,
  mailDeliveryGateway,
  exchangeOnline,
  exchange2007,
  exchangeServer,
  hmailserver,
  exchange2003,
  exchange55,
  outlookCom,
  iisSmtp,
  googleGroups,
  gmail,
  postfix,
  exim,
  biglobe,
  mcafee,
  bigfoot,
  activehunter,
  openmail,
  mirapoint,
  sendmail,
  sendmail5,
  yahoo,
  aol,
  qmail,
  x2,
  x2Notice,
  opensmtpd,
  courier,
  dragonfly,
  messagingServer,
  powermta,
  verizon,
  james,
  notes,
  domino,
  groupwise,
  imail,
  kerio,
  mdaemon,
  zimbra,
  mimecast,
  symantecCloud,
  barracuda,
  trendMicro,
  surfcontrol,
  mailfoundry,
  mailmarshal,
  mfilter,
  ciscoEsa,
  proofpoint,
  amazonWorkmail,
  amazonSes,
  amazonSesReceiving,
  sendgrid,
  salesforce,
  facebook,
  ezweb,
  kddi,
  docomo,
  einsundeins,
  x6,
  x3,
  x4,
  ids,
  fml,
  factsMail,
  smail,
  coremail,
  tencent,
  pec,
  appleMail,
  thunderbirdSmtp,
  outlookSend,
  autoReply,
  arf,
  readReceipt,
  general,
] as unknown as readonly Layout[]

/** The layouts to read a text (in lower case) with: all of them, but in a browser. */
export const layoutsFor = (_lower: string): readonly Layout[] => LAYOUTS
