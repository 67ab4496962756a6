import { Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useLinkToken } from '../../lib/desk/index.ts'
import { useText } from '../../lib/languages/index.ts'
import { ButtonLink, DoorFrame, Held } from '../../lib/parts/index.ts'
import { Note } from '../../ui/index.ts'
import { invitationQuery } from './api.ts'
import { MakeForm } from './make-form.tsx'
import { type Made, Ready } from './ready.tsx'
import { TestStripe } from './test-stripe.tsx'
import { Who } from './who.tsx'

export function InvitationPage(): ReactNode {
  const token = useLinkToken('/invitation')
  return token ? <Invited key={token} token={token} /> : <Incomplete />
}

function Invited({ token }: { token: string }): ReactNode {
  const text = useText()
  const query = useQuery(invitationQuery(token))
  const [made, setMade] = useState<Made>()
  const stripe = query.data?.environment === 'test' ? <TestStripe /> : null
  if (made) {
    return (
      <DoorFrame wide above={stripe} title={text('invitation.ready')} lead={text('invitation.readyLead')}>
        <Ready made={made} />
      </DoorFrame>
    )
  }
  return (
    <DoorFrame
      wide
      above={stripe}
      title={text(query.data?.adds === undefined ? 'invitation.title' : 'invitation.addsTitle')}
      lead={text(query.data?.adds === undefined ? 'invitation.lead' : 'invitation.addsLead')}
    >
      <Held query={query}>
        {(invitation) => (
          <>
            <Who invitation={invitation} />
            <MakeForm token={token} invitation={invitation} onMade={setMade} />
          </>
        )}
      </Held>
    </DoorFrame>
  )
}

function Incomplete(): ReactNode {
  const text = useText()
  return (
    <DoorFrame title={text('invitation.title')}>
      <Note tone="notice" title={text('invitation.noToken')}>
        {text('invitation.noTokenText')}
      </Note>
      <Tooltip label={text('invitation.toSignInTooltip')}>
        <ButtonLink to="/sign-in" search={{}} variant="default" mt="md">
          {text('invitation.toSignIn')}
        </ButtonLink>
      </Tooltip>
    </DoorFrame>
  )
}
