import { Button, Group, Progress, Stack, Text, Tooltip } from '@mantine/core'
import { IconPlayerStop } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { Section } from '../../ui/index.ts'
import { useText } from '../languages/index.ts'
import { useSizes } from './sizes.ts'
import type { Job } from './use-job.ts'

/** How far it is, how fast, how long still, and the way to end it. */
export function JobProgress({ job: { running, stop } }: { job: Job }): ReactNode {
  const text = useText()
  const sizes = useSizes()
  if (!running) return null
  const { done, total, pace } = running
  const percent = total > 0 ? Math.min(100, Math.floor((done / total) * 100)) : 0
  const finishing = total > 0 && done >= total
  const words = [
    text('files.progress', { done: sizes.bytes(done), total: sizes.bytes(total) }),
    pace.rate === undefined ? '' : text('files.rate', { rate: sizes.bytes(pace.rate) }),
    pace.secondsLeft === undefined ? '' : text('files.left', { time: sizes.duration(pace.secondsLeft) }),
  ]
  return (
    <Section title={text('files.busy')}>
      <Stack gap="sm">
        <Progress.Root size="lg">
          <Progress.Section value={percent} aria-label={text('files.busy')} />
        </Progress.Root>
        <Group justify="space-between">
          <Text size="sm">{finishing ? text('files.finishing') : words.filter(Boolean).join(' · ')}</Text>
          <Tooltip label={text('files.stopTooltip')}>
            <Button variant="default" leftSection={<IconPlayerStop size={18} aria-hidden />} onClick={stop}>
              {text('files.stop')}
            </Button>
          </Tooltip>
        </Group>
      </Stack>
    </Section>
  )
}
