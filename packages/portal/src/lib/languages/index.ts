export { type Dates, useDates, When } from './dates.tsx'
export { chooseLanguage, languageNow, watchLanguage } from './language.ts'
export { Speech } from './speech.tsx'
export { type MessageKey, type Text, useText } from './text.ts'
