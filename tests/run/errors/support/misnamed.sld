(define-library (another name) (export))
