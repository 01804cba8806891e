(define-library (scheme lazy)
  (import (kestrel syntax) (kestrel control))
  (export
   delay delay-force force make-promise promise?))
