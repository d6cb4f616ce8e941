/** Style sheets become minified text at build time. */
declare module '*.css' {
  const text: string
  export default text
}
