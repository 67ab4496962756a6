import {
  ActionIcon,
  Button,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  type MantineColorsTuple,
  Modal,
  NativeSelect,
  Paper,
  PasswordInput,
  Textarea,
  TextInput,
  Tooltip,
} from '@mantine/core'

// The look. Petrol is the one colour that means "you can act here"; red, amber and green are kept for states. Text
// colours are chosen so that every pair in use reaches 4.5:1 in both schemes (WCAG 2.2, 1.4.3); axe checks them.

const petrol: MantineColorsTuple = [
  '#edf6f6',
  '#d7eaeb',
  '#aed5d7',
  '#82bec2',
  '#5aa7ad',
  '#3b9299',
  '#237f88',
  '#156f78',
  '#0d5a63',
  '#07444c',
]

const dark: MantineColorsTuple = [
  '#d9dfe3',
  '#b9c2c8',
  '#9ba6ae',
  '#7a8791',
  '#4b565f',
  '#38424a',
  '#2a3238',
  '#1b2126',
  '#13181c',
  '#0d1114',
]

const gray: MantineColorsTuple = [
  '#f6f8f8',
  '#eef1f2',
  '#e3e8ea',
  '#d3dadd',
  '#b6c0c5',
  '#8b979d',
  '#67737a',
  '#4c575d',
  '#333c41',
  '#1c2326',
]

const red: MantineColorsTuple = [
  '#fdecea',
  '#fad7d3',
  '#f4b4ad',
  '#ee9289',
  '#ff8f86',
  '#d9534a',
  '#c63c33',
  '#b3261e',
  '#96201a',
  '#7d1a15',
]

const SANS =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", sans-serif'
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace'

export const theme = createTheme({
  colors: { petrol, dark, gray, red },
  primaryColor: 'petrol',
  primaryShade: { light: 7, dark: 7 },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  fontSizes: { xs: '0.8125rem', sm: '0.9rem', md: '1rem', lg: '1.125rem', xl: '1.25rem' },
  headings: {
    fontFamily: SANS,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: ActionIcon.extend({ defaultProps: { variant: 'subtle', color: 'gray', size: 36 } }),
    // A label that is too long for a phone wraps instead of being cut.
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      styles: {
        root: {
          display: 'inline-flex',
          alignItems: 'center',
          justifyContent: 'center',
          height: 'auto',
          minHeight: 'var(--button-height)',
          paddingBlock: '0.2rem',
        },
        label: { whiteSpace: 'normal', lineHeight: 1.3, textAlign: 'start' },
      },
    }),
    // Both are a Paper inside, which would add its own border.
    Drawer: Drawer.extend({ styles: { content: { border: 0 } } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'lg', padding: 'lg' },
      styles: {
        content: { border: 0 },
        title: { fontWeight: 650, fontSize: '1.125rem', lineHeight: 1.35, textWrap: 'balance' },
      },
    }),
    NativeSelect: NativeSelect.extend({ defaultProps: { size: 'sm' } }),
    Paper: Paper.extend({ defaultProps: { withBorder: true, radius: 'lg' } }),
    PasswordInput: PasswordInput.extend({ defaultProps: { size: 'sm' } }),
    Textarea: Textarea.extend({ defaultProps: { size: 'sm' } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    // 500 ms on the pointer; at once on keyboard focus, where nobody passes by chance.
    Tooltip: Tooltip.extend({
      defaultProps: {
        withArrow: true,
        openDelay: 400,
        multiline: true,
        maw: 280,
        events: { hover: true, focus: true, touch: false },
      },
    }),
  },
})

export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#56626a',
    '--mantine-color-placeholder': '#6a767d',
    '--mantine-color-error': '#b3261e',
    '--mantine-color-anchor': '#0d5f69',
    '--mantine-color-default-border': '#cfd7da',
    '--scel-page': '#f5f7f8',
    '--scel-side': '#fbfcfc',
    '--scel-line': '#e1e7e9',
    '--scel-quiet': '#f1f5f5',
  },
  dark: {
    '--mantine-color-text': '#dde3e6',
    '--mantine-color-dimmed': '#a3aeb5',
    '--mantine-color-placeholder': '#8f9ba3',
    '--mantine-color-error': '#ff8f86',
    '--mantine-color-anchor': '#7cc7cd',
    '--mantine-color-default-border': '#3a454d',
    '--scel-page': '#13181c',
    '--scel-side': '#161c20',
    '--scel-line': '#2b343b',
    '--scel-quiet': '#20272c',
  },
})
