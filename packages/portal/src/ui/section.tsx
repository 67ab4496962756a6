import { Group, Paper, Title } from '@mantine/core'
import { type ReactNode, useId } from 'react'

/** A card with a heading, known to screen readers by it. */
export function Section(props: { title: string; aside?: ReactNode; children: ReactNode }): ReactNode {
  const id = useId()
  return (
    <Paper p="lg" component="section" aria-labelledby={id}>
      <Group justify="space-between" align="center" mb="md" gap="xs">
        <Title order={2} id={id}>
          {props.title}
        </Title>
        {props.aside}
      </Group>
      {props.children}
    </Paper>
  )
}
