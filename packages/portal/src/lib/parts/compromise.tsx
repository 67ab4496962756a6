import type { Strength } from '@scel/contract/values'
import { IconKeyOff } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useText } from '../languages/index.ts'
import { Ask } from './ask.tsx'
import { useRevocation } from './use-revoking.ts'

interface CompromiseProps {
  /** Id of the certificate. */
  readonly certificate: string
  readonly name: string
  /** How strong a session it takes. */
  readonly needs: Strength
}

/** Says of a certificate that was revoked for another reason that its key is compromised. */
export function Compromise({ certificate, name, needs }: CompromiseProps): ReactNode {
  const text = useText()
  const { revoke, told } = useRevocation(certificate)
  return (
    <Ask
      needs={needs}
      label={text('compromise.action')}
      tooltip={text('compromise.tooltip')}
      icon={<IconKeyOff size={18} aria-hidden />}
      title={text('compromise.title', { name })}
      text={text('compromise.text')}
      confirm={text('compromise.confirm')}
      danger
      ofPage
      act={() => revoke('keyCompromise')}
      done={told}
    />
  )
}
