import { Stack, Tabs, Text } from '@mantine/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import {
  DropZone,
  FailureNote,
  FileList,
  type Item,
  isWork,
  itemOf,
  JobProgress,
  OutcomeSection,
  useChosen,
  useJob,
  useKey,
  useRecipients,
  useWorkshop,
  WorkFailure,
} from '../../lib/workbench/index.ts'
import { Note, Page, Section } from '../../ui/index.ts'
import { OpenPanel } from './open-panel.tsx'
import classes from './page.module.css'
import { SealPanel } from './seal-panel.tsx'
import { SignPanel } from './sign-panel.tsx'
import type { Table } from './table.ts'
import { TASKS, type Task, taskFor } from './task.ts'
import { VerifyPanel } from './verify-panel.tsx'

const PANELS: Readonly<Record<Task, (table: Table) => ReactNode>> = {
  seal: SealPanel,
  open: OpenPanel,
  sign: SignPanel,
  verify: VerifyPanel,
}

/** What is done with what is inside of a file, and not with the file as it is. */
const UNWRAPPED: readonly Task[] = ['open', 'verify']

/** Files first; the page knows what they are and turns to what is most likely wanted with them. */
export function FilesPage(): ReactNode {
  const text = useText()
  const workshop = useWorkshop()
  const files = useChosen(workshop)
  const key = useKey(workshop)
  const recipients = useRecipients(workshop)
  const job = useJob()
  const [task, setTask] = useState<Task>('seal')
  const busy = job.running !== undefined || workshop === undefined
  const outcome = useRef<HTMLDivElement>(null)
  const ended = job.outcome !== undefined || job.error !== undefined
  useEffect(() => {
    if (ended) outcome.current?.scrollIntoView({ block: 'nearest' })
  }, [ended])

  const take = (items: readonly Item[], wanted?: Task) => {
    job.clear()
    void files.take(items).then((chosen) => {
      for (const { kind, file } of chosen) if (kind === 'key') key.choose(file)
      const certificates = chosen.filter(({ kind }) => kind === 'certificate')
      if (certificates.length > 0) void recipients.addFiles(certificates.map(({ file }) => file))
      const kinds = chosen.filter(isWork).map(({ kind }) => kind)
      setTask((present) => wanted ?? taskFor(kinds, present))
    })
  }
  const again = () => {
    job.clear()
    files.clear()
  }
  const goOn = (file: File, wanted?: Task) => {
    again()
    take([itemOf(file)], wanted)
  }
  const table: Table = { workshop, files, ownKey: key, recipients, job, busy }

  return (
    <Page title={text('files.title')} lead={text('files.lead')}>
      <Note tone="locked">
        <Text size="sm">{text('files.stays')}</Text>
      </Note>
      <Section title={text('files.files')}>
        <Stack gap="md">
          <DropZone disabled={busy} onItems={take} />
          <FileList files={files} as={UNWRAPPED.includes(task) ? 'unwrapped' : 'given'} disabled={busy} />
        </Stack>
      </Section>
      <Section title={text('files.task')}>
        <Tabs
          value={task}
          onChange={(value) => {
            if (busy) return
            job.clear()
            setTask(TASKS.find((one) => one === value) ?? 'seal')
          }}
          keepMounted={false}
        >
          <Tabs.List grow mb="lg" className={classes.tabs}>
            {TASKS.map((one) => (
              <Tabs.Tab key={one} value={one} disabled={busy && one !== task}>
                {text(`files.task.${one}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {TASKS.map((one) => {
            const Panel = PANELS[one]
            return (
              <Tabs.Panel key={one} value={one}>
                <Panel {...table} />
              </Tabs.Panel>
            )
          })}
        </Tabs>
      </Section>
      <div ref={outcome}>
        <Stack gap="lg">
          <JobProgress job={job} />
          {wasStopped(job.error) ? (
            <Note tone="info" role="status">
              <Text size="sm">{text('files.stopped')}</Text>
            </Note>
          ) : (
            <FailureNote error={job.error} />
          )}
          {job.outcome ? (
            <OutcomeSection
              outcome={job.outcome}
              onAgain={again}
              onGoOn={(file) => goOn(file)}
              onSeal={(file) => goOn(file, 'seal')}
            />
          ) : null}
        </Stack>
      </div>
    </Page>
  )
}

const wasStopped = (error: unknown): boolean => error instanceof WorkFailure && error.failed.code === 'aborted'
