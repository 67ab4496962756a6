import { Button, Group, Paper, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { ButtonLink, Copy } from '../../lib/parts/index.ts'
import { Note } from '../../ui/index.ts'
import type { BuiltKit } from './api.ts'

/** The file is given only now; what to do with it. */
export function Built({ built, onSave }: { built: BuiltKit; onSave: (built: BuiltKit) => void }): ReactNode {
  const text = useText()
  const { kit, fileName } = built
  return (
    <Paper p="lg" maw="44rem">
      <Stack gap="md">
        <Note tone="good" role="status" title={fileName}>
          {text('kit.readyText', {
            organisation: [kit.organisation.name, kit.service?.name].filter(Boolean).join(' · '),
          })}
        </Note>
        {kit.standingApproval ? (
          <Note tone="notice" title={text('kit.bearerTitle')}>
            {text('kits.bearer')}
          </Note>
        ) : null}
        {kit.awaiting ? <Note tone="notice">{text('second.kitWaits')}</Note> : null}
        <div>
          <Title order={2} mb={4}>
            {text('kit.nextTitle')}
          </Title>
          <Text size="sm" c="dimmed">
            {text('kit.nextCommand')}
          </Text>
          <Copy value={`scel enrol --kit ${fileName}`} />
        </div>
        <Group gap="xs">
          <Tooltip label={text('kit.doneTooltip')}>
            <ButtonLink to="/kits">{text('kit.done')}</ButtonLink>
          </Tooltip>
          <Tooltip label={text('kit.downloadAgainTooltip')}>
            <Button
              variant="default"
              leftSection={<IconDownload size={18} aria-hidden />}
              onClick={() => onSave(built)}
            >
              {text('kit.downloadAgain')}
            </Button>
          </Tooltip>
        </Group>
      </Stack>
    </Paper>
  )
}
