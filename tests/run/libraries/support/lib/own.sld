(define-library (support lib own) (export own) (import (scheme base)) (begin (define own 'own)))
