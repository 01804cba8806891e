(define-library (scheme read)
  (import (kestrel primitives))
  (export
   read))
