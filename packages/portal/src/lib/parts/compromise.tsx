import { Button, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconKeyOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useText } from '../languages/index.ts'
import { Confirm } from './confirm.tsx'
import { useRevoking } from './use-revoking.ts'

/** Says of a certificate that was revoked for another reason that its key is compromised. */
export function Compromise({ certificate, name }: { certificate: string; name: string }): ReactNode {
  const text = useText()
  const [opened, { open, close }] = useDisclosure(false)
  const revoking = useRevoking(certificate, close)
  return (
    <>
      <Tooltip label={text('compromise.tooltip')}>
        <Button variant="outline" color="red" leftSection={<IconKeyOff size={18} aria-hidden />} onClick={open}>
          {text('compromise.action')}
        </Button>
      </Tooltip>
      <Confirm
        opened={opened}
        title={text('compromise.title', { name })}
        text={text('compromise.text')}
        confirm={text('compromise.confirm')}
        tooltip={text('compromise.tooltip')}
        danger
        busy={revoking.isPending}
        error={revoking.error}
        onClose={() => {
          close()
          revoking.reset()
        }}
        onConfirm={() => revoking.mutate('keyCompromise')}
      />
    </>
  )
}
