export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

/** A cookie rather than local storage: the server already paints in the right theme, so there is no flash and nothing to hydrate. */
export const themeCookie = 'assay-theme'

export const parseTheme = (value: string | undefined): Theme =>
  value === 'light' || value === 'dark' ? value : 'system'
