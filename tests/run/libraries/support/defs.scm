(define included-value 5)
(define (Included-Procedure x) (list x included-value))
