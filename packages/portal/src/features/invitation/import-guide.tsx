import { Code, List, Tabs } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useText } from '../../lib/languages/index.ts'
import { platformOf } from './model.ts'

const GUIDES = ['windows', 'macos', 'linux', 'firefox'] as const

/** How to import the file, per system; one's own first. */
export function ImportGuide({ fileName }: { fileName: string }): ReactNode {
  const text = useText()
  const [shown, show] = useState<string | null>(() => platformOf(navigator.userAgent))
  const command = `pk12util -d sql:$HOME/.pki/nssdb -i ${fileName}`
  return (
    <Tabs value={shown} onChange={show} variant="outline">
      <Tabs.List>
        {GUIDES.map((guide) => (
          <Tabs.Tab key={guide} value={guide}>
            {text(`invitation.${guide}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {GUIDES.map((guide) => (
        <Tabs.Panel key={guide} value={guide} pt="md">
          <List type="ordered" size="sm" spacing="xs">
            <List.Item>{text(`invitation.${guide}1`)}</List.Item>
            <List.Item>
              {guide === 'linux' ? (
                <>
                  {text('invitation.linux2', { command: '' })}
                  <Code block mt={4} tabIndex={0}>
                    {command}
                  </Code>
                </>
              ) : (
                text(`invitation.${guide}2`)
              )}
            </List.Item>
            <List.Item>{text(`invitation.${guide}3`)}</List.Item>
          </List>
        </Tabs.Panel>
      ))}
    </Tabs>
  )
}
