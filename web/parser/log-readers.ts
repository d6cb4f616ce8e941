/** The readers of logs, which come when something looks like a log. */

export { linesReport, softwareLogReport } from '../../kb/ndr/logs/report.ts'
