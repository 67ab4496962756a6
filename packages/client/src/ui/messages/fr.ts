import { FAILURES_FR as GENERAL_FR } from './failures.fr.ts'
import { OBJECTS_FR } from './objects.fr.ts'
import { TEXTS_FR as COMMANDS_FR } from './texts.fr.ts'
import { WORK_FR } from './work.fr.ts'
import { WORK_FAILURES_FR } from './work-failures.fr.ts'

export { HELP_FR } from './help.fr.ts'

export const TEXTS_FR: typeof COMMANDS_FR & typeof OBJECTS_FR & typeof WORK_FR = {
  ...COMMANDS_FR,
  ...OBJECTS_FR,
  ...WORK_FR,
}

export const FAILURES_FR: typeof GENERAL_FR & typeof WORK_FAILURES_FR = { ...GENERAL_FR, ...WORK_FAILURES_FR }
