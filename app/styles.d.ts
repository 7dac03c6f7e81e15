/// <reference types="next/types/global" />

declare module '@fontsource-variable/inter'
declare module '@fontsource/ibm-plex-mono/*'
