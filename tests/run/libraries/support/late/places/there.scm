(define-library (places there) (export there) (import (scheme base)) (begin (define there 'late)))
