;; Symbolic derivation: walks and builds small lists, compares symbols. Input: repetitions, expression, variable.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (derive e v)
  (cond ((symbol? e) (if (eq? e v) 1 0))
        ((not (pair? e)) 0)
        (else
         (case (car e)
           ((+) (cons '+ (derive-all (cdr e) v)))
           ((-) (cons '- (derive-all (cdr e) v)))
           ((*) (list '* e (cons '+ (shares (cdr e) v))))
           ((/)
            (let ((a (cadr e)) (b (car (cddr e))))
              (list '-
                    (list '/ (derive a v) b)
                    (list '/ a (list '* b b (derive b v))))))
           (else (error "no rule for" e))))))

(define (derive-all es v)
  (if (null? es) '() (cons (derive (car es) v) (derive-all (cdr es) v))))

;; What each factor adds: its derivative divided by itself.
(define (shares factors v)
  (if (null? factors)
      '()
      (cons (list '/ (derive (car factors) v) (car factors))
            (shares (cdr factors) v))))

(let* ((count (read)) (e (read)) (v (read)))
  (write (repeat count (lambda () (derive e v))))
  (newline))
