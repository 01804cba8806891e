(define-library (scheme repl)
  (import (kestrel primitives))
  (export interaction-environment))
