/** A box that is being opened with a key, in the colours of both schemes. */
export const icon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" role="img"><style>.b{fill:#0b5c8a}.k{fill:#fbfaf7}@media (prefers-color-scheme:dark){.b{fill:#7cc0ee}.k{fill:#14161a}}</style><path class="b" d="M4 8.5 16 3l12 5.5v15L16 29 4 23.5z"/><path class="k" d="M16 10.5a4 4 0 0 1 1.6 7.66V23h-3.2v-4.840A4 4 0 0 1 16 10.5z"/></svg>
`;
