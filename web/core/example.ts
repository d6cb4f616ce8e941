/** A report to try it with: written for this page, with addresses that belong to nobody. */
export const EXAMPLE = `Your message did not reach some or all of the intended recipients.

      Subject:  Meeting on Thursday
      Sent:     2/24/2009 9:12 AM

The following recipient(s) could not be reached:

      kim@partner.example on 2/26/2009 9:30 AM
            Could not deliver the message in the time limit specified.  Please retry or contact your administrator.
            <mail.office.example #4.4.7>
`
