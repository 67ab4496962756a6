import { OBJECTS_EN } from './objects.en.ts'
import { TEXTS_EN as COMMANDS_EN } from './texts.en.ts'
import { WORK_EN } from './work.en.ts'

export { FAILURES_EN } from './failures.en.ts'
export { HELP_EN } from './help.en.ts'

export const TEXTS_EN: typeof COMMANDS_EN & typeof OBJECTS_EN & typeof WORK_EN = {
  ...COMMANDS_EN,
  ...OBJECTS_EN,
  ...WORK_EN,
}
