export { isRecent, OPENSSL_FLOOR } from './openssl-floor.ts'
export { failureText, faultsText, refusedText } from './refusal.ts'
export { type StartPage, startPage } from './start-page.ts'
export { type OptionWord, TEXTS, type Texts } from './texts.ts'
