import { FAILURES_EN as GENERAL_EN } from './failures.en.ts'
import { OBJECTS_EN } from './objects.en.ts'
import { TEXTS_EN as COMMANDS_EN } from './texts.en.ts'
import { WORK_EN } from './work.en.ts'
import { WORK_FAILURES_EN } from './work-failures.en.ts'

export { HELP_EN } from './help.en.ts'

export const TEXTS_EN: typeof COMMANDS_EN & typeof OBJECTS_EN & typeof WORK_EN = {
  ...COMMANDS_EN,
  ...OBJECTS_EN,
  ...WORK_EN,
}

export const FAILURES_EN: typeof GENERAL_EN & typeof WORK_FAILURES_EN = { ...GENERAL_EN, ...WORK_FAILURES_EN }
