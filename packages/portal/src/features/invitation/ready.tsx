import { Button, Stack, Text, Title, Tooltip } from '@mantine/core'
import { IconArrowRight, IconDownload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { meQuery } from '../../lib/desk/index.ts'
import { saveFile } from '../../lib/files/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { ButtonLink } from '../../lib/parts/index.ts'
import { Note } from '../../ui/index.ts'
import { ImportGuide } from './import-guide.tsx'

export interface Made {
  readonly file: Uint8Array
  readonly fileName: string
  /** False when the link had been spent already with this key: the desk began no session. */
  readonly signedIn: boolean
}

/** The file, only now; how to import it; and on to the portal. */
export function Ready({ made }: { made: Made }): ReactNode {
  const text = useText()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [saved, setSaved] = useState(false)

  useEffect(() => {
    if (saved) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [saved])

  return (
    <Stack gap="lg">
      <Note tone="notice" title={text('invitation.onlyNow')}>
        {text('invitation.onlyNowText')}
      </Note>
      <Tooltip label={text('invitation.downloadTooltip')}>
        <Button
          size="md"
          variant={saved ? 'default' : 'filled'}
          leftSection={<IconDownload size={20} aria-hidden />}
          onClick={() => {
            saveFile(made.fileName, made.file, 'application/x-pkcs12')
            setSaved(true)
          }}
        >
          {text('invitation.download', { file: made.fileName })}
        </Button>
      </Tooltip>
      <div role="status">{saved ? <Note tone="good">{text('invitation.downloaded')}</Note> : null}</div>
      <div>
        <Title order={2} mb={2}>
          {text('invitation.import')}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {text('invitation.importLead')}
        </Text>
        <ImportGuide fileName={made.fileName} />
      </div>
      {made.signedIn ? (
        <Tooltip label={text(saved ? 'invitation.continueTooltip' : 'invitation.continueFirst')}>
          <Button
            size="md"
            variant={saved ? 'filled' : 'default'}
            // Not `disabled`: the tooltip says why, and it must be reachable by keyboard.
            aria-disabled={!saved}
            {...(saved ? {} : { 'data-disabled': true })}
            rightSection={<IconArrowRight size={20} aria-hidden />}
            onClick={() => {
              if (!saved) return
              // Whoever was signed in here before is not the one this link was for.
              queries.removeQueries({ queryKey: meQuery.queryKey })
              void navigate({ to: '/' })
            }}
          >
            {text('invitation.continue')}
          </Button>
        </Tooltip>
      ) : (
        <>
          <Text size="sm">{text('invitation.notSignedIn')}</Text>
          <Tooltip label={text('invitation.toSignInTooltip')}>
            <ButtonLink to="/sign-in" search={{}} variant="default">
              {text('invitation.toSignIn')}
            </ButtonLink>
          </Tooltip>
        </>
      )}
    </Stack>
  )
}
