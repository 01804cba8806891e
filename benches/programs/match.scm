;; Matches patterns against lists of symbols, with backtracking. In a pattern, (? x) matches one item and (* x) any
;; number of them; a name that comes again must match the same. Input: repetitions, patterns, subjects.

(import (scheme base) (scheme read) (scheme write))

(define (repeat count thunk)
  (let loop ((i count) (answer #f))
    (if (= i 0) answer (loop (- i 1) (thunk)))))

(define (variable? p kind)
  (and (pair? p) (eq? (car p) kind)))

;; Calls (found bindings) with each way to match until one answers true.
(define (match pattern subject bindings found)
  (cond ((variable? pattern '?)
         (let ((bound (assq (cadr pattern) bindings)))
           (if bound
               (and (same? (cdr bound) subject) (found bindings))
               (found (cons (cons (cadr pattern) subject) bindings)))))
        ((pair? pattern)
         (if (variable? (car pattern) '*)
             (match-segment (cadr (car pattern)) (cdr pattern) subject bindings found)
             (and (pair? subject)
                  (match (car pattern) (car subject) bindings
                         (lambda (bindings)
                           (match (cdr pattern) (cdr subject) bindings found))))))
        (else (and (eq? pattern subject) (found bindings)))))

(define (same? a b)
  (cond ((eq? a b) #t)
        ((and (pair? a) (pair? b)) (and (same? (car a) (car b)) (same? (cdr a) (cdr b))))
        (else #f)))

(define (match-segment name pattern subject bindings found)
  (let ((bound (assq name bindings)))
    (if bound
        (let ((rest (after (cdr bound) subject)))
          (and rest (match pattern (car rest) bindings found)))
        (let try ((taken '()) (rest subject))
          (or (match pattern rest (cons (cons name (reverse taken)) bindings) found)
              (and (pair? rest) (try (cons (car rest) taken) (cdr rest))))))))

;; What follows the items in the subject, in a list; #f if they are not its start.
(define (after items subject)
  (cond ((null? items) (list subject))
        ((and (pair? subject) (same? (car items) (car subject))) (after (cdr items) (cdr subject)))
        (else #f)))

(define (matches patterns subjects)
  (let next-pattern ((patterns patterns) (found 0))
    (if (null? patterns)
        found
        (let next-subject ((rest subjects) (found found))
          (if (null? rest)
              (next-pattern (cdr patterns) found)
              (next-subject (cdr rest)
                            (if (match (car patterns) (car rest) '() (lambda (bindings) #t))
                                (+ found 1)
                                found)))))))

(let* ((count (read)) (patterns (read)) (subjects (read)))
  (write (repeat count (lambda () (matches patterns subjects))))
  (newline))
