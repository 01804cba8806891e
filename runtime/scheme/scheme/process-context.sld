(define-library (scheme process-context)
  (import (kestrel primitives) (kestrel control))
  (export
   command-line emergency-exit exit get-environment-variable get-environment-variables))
