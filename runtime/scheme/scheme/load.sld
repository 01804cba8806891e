(define-library (scheme load)
  (import (kestrel primitives))
  (export load))
