// The text around sealed and signed files. It comes with the reader of mails, so it is loaded by those who need it.

export { LONGEST_WRAPPED, unwrap } from './unwrap.ts'
