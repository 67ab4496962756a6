import type { ChosenFiles, Job, Key, Recipients, Workshop } from '../../lib/workbench/index.ts'

/** Everything that lies before the person: what each of the four panels works with. */
export interface Table {
  readonly workshop: Workshop | undefined
  readonly files: ChosenFiles
  readonly ownKey: Key
  readonly recipients: Recipients
  readonly job: Job
  /** While something runs nothing else can be begun. */
  readonly busy: boolean
}
