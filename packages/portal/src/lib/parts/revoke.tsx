import { Button, NativeSelect, Text, Tooltip } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { REVOCATION_REASONS, type RevocationReason, type Strength } from '@scel/contract/values'
import { IconBan } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'
import { useText } from '../languages/index.ts'
import { Confirm } from './confirm.tsx'
import { useRevoking } from './use-revoking.ts'

interface RevokeProps {
  /** Id of the certificate. */
  readonly certificate: string
  readonly name: string
  /** How strong a session it takes. */
  readonly needs: Strength
}

/** The button that revokes a certificate, and the question it asks first. */
export function Revoke({ certificate, name, needs }: RevokeProps): ReactNode {
  const text = useText()
  const [opened, { open, close }] = useDisclosure(false)
  const [reason, setReason] = useState<RevocationReason>()
  const [missing, setMissing] = useState(false)
  const revoking = useRevoking(certificate, close)
  return (
    <>
      <Tooltip label={text('revoke.tooltip')}>
        <Button variant="outline" color="red" leftSection={<IconBan size={18} aria-hidden />} onClick={open}>
          {text('revoke.action')}
        </Button>
      </Tooltip>
      <Confirm
        needs={needs}
        opened={opened}
        title={text('revoke.title', { name })}
        text={text('revoke.text')}
        confirm={text('revoke.confirm')}
        tooltip={text('revoke.tooltip')}
        danger
        busy={revoking.isPending}
        error={revoking.error}
        onClose={() => {
          close()
          revoking.reset()
        }}
        onConfirm={() => {
          setMissing(!reason)
          if (reason) revoking.mutate(reason)
        }}
      >
        <NativeSelect
          label={text('reason.label')}
          required
          value={reason ?? ''}
          error={missing && !reason ? text('revoke.reasonMissing') : undefined}
          onChange={({ currentTarget }) =>
            setReason((currentTarget.value || undefined) as RevocationReason | undefined)
          }
          data={[
            { value: '', label: text('revoke.choose'), disabled: true },
            ...REVOCATION_REASONS.map((value) => ({ value, label: text(`reason.${value}`) })),
          ]}
        />
        {reason === 'keyCompromise' ? <Text size="sm">{text('revoke.key')}</Text> : null}
      </Confirm>
    </>
  )
}
