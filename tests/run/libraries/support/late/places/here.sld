(define-library (places here) (export here) (import (scheme base)) (begin (define here 'late)))
