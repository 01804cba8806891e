;; Procedures over lists, vectors and strings that take procedures. They are in Scheme so that the optimiser sees through them, and they build their
;; results without mutating anything a captured continuation could see (R7RS 6.10: re-entering a `map` must not disturb earlier returns).

(define-library (kestrel sequence)
  (import (kestrel syntax) (kestrel primitives))
  (export map for-each vector-map vector-for-each string-map string-for-each
          member assoc list-set! string-count
          caaar caadr cadar caddr cdaar cdadr cddar cdddr
          caaaar caaadr caadar caaddr cadaar cadadr caddar cadddr
          cdaaar cdaadr cdadar cdaddr cddaar cddadr cdddar cddddr)
  (begin
    (define-syntax define-accessors
      (syntax-rules ()
        ((_ (name outer inner) ...)
         (begin (define (name x) (outer (inner x))) ...))))
    (define-accessors
      (caaar caar car) (caadr caar cdr) (cadar cadr car) (caddr cadr cdr)
      (cdaar cdar car) (cdadr cdar cdr) (cddar cddr car) (cdddr cddr cdr)
      (caaaar caaar car) (caaadr caaar cdr) (caadar caadr car) (caaddr caadr cdr)
      (cadaar cadar car) (cadadr cadar cdr) (caddar caddr car) (cadddr caddr cdr)
      (cdaaar cdaar car) (cdaadr cdaar cdr) (cdadar cdadr car) (cdaddr cdadr cdr)
      (cddaar cddar car) (cddadr cddar cdr) (cdddar cdddr car) (cddddr cdddr cdr))

    (define (check-end who position rest whole)
      (unless (null? rest) (%wrong-type who position whole "list")))

    ;; Whether every list has a next element; checks that the one that ends first ends properly.
    (define (all-pairs? lists)
      (or (null? lists) (and (pair? (car lists)) (all-pairs? (cdr lists)))))
    (define (cars lists) (if (null? lists) '() (cons (caar lists) (cars (cdr lists)))))
    (define (cdrs lists) (if (null? lists) '() (cons (cdar lists) (cdrs (cdr lists)))))

    (define map
      (case-lambda
        ((f l)
         (let loop ((rest l))
           (if (pair? rest)
               (let ((x (f (car rest)))) (cons x (loop (cdr rest))))
               (begin (check-end 'map 2 rest l) '()))))
        ((f a b)
         (let loop ((x a) (y b))
           (if (and (pair? x) (pair? y))
               (let ((z (f (car x) (car y)))) (cons z (loop (cdr x) (cdr y))))
               '())))
        ((f . lists)
         (let loop ((lists lists))
           (if (all-pairs? lists)
               (let ((x (apply f (cars lists)))) (cons x (loop (cdrs lists))))
               '())))))

    (define for-each
      (case-lambda
        ((f l)
         (let loop ((rest l))
           (if (pair? rest)
               (begin (f (car rest)) (loop (cdr rest)))
               (check-end 'for-each 2 rest l))))
        ((f a b)
         (let loop ((x a) (y b))
           (when (and (pair? x) (pair? y))
             (f (car x) (car y))
             (loop (cdr x) (cdr y)))))
        ((f . lists)
         (let loop ((lists lists))
           (when (all-pairs? lists)
             (apply f (cars lists))
             (loop (cdrs lists)))))))

    (define (shortest lengths)
      (let loop ((least (car lengths)) (rest (cdr lengths)))
        (cond ((null? rest) least)
              ((< (car rest) least) (loop (car rest) (cdr rest)))
              (else (loop least (cdr rest))))))

    ;; The elements at index i of several vectors or strings.
    (define (elements ref sequences i)
      (if (null? sequences) '() (cons (ref (car sequences) i) (elements ref (cdr sequences) i))))

    ;; Results are gathered in a list, last first, so that re-entry is harmless.
    (define (gather n f)
      (let loop ((i 0) (results '()))
        (if (< i n)
            (let ((x (f i))) (loop (+ i 1) (cons x results)))
            (reverse results))))

    (define vector-map
      (case-lambda
        ((f v) (list->vector (gather (vector-length v) (lambda (i) (f (vector-ref v i))))))
        ((f . vs)
         (list->vector
          (gather (shortest (map vector-length vs)) (lambda (i) (apply f (elements vector-ref vs i))))))))
    (define vector-for-each
      (case-lambda
        ((f v)
         (let ((n (vector-length v)))
           (let loop ((i 0))
             (when (< i n) (f (vector-ref v i)) (loop (+ i 1))))))
        ((f . vs)
         (let ((n (shortest (map vector-length vs))))
           (let loop ((i 0))
             (when (< i n) (apply f (elements vector-ref vs i)) (loop (+ i 1))))))))
    (define string-map
      (case-lambda
        ((f s) (list->string (gather (string-length s) (lambda (i) (f (string-ref s i))))))
        ((f . ss)
         (list->string
          (gather (shortest (map string-length ss)) (lambda (i) (apply f (elements string-ref ss i))))))))
    (define string-for-each
      (case-lambda
        ((f s)
         (let ((n (string-length s)))
           (let loop ((i 0))
             (when (< i n) (f (string-ref s i)) (loop (+ i 1))))))
        ((f . ss)
         (let ((n (shortest (map string-length ss))))
           (let loop ((i 0))
             (when (< i n) (apply f (elements string-ref ss i)) (loop (+ i 1))))))))
    (define (string-count s pred)
      (let ((n (string-length s)))
        (let loop ((i 0) (count 0))
          (if (< i n)
              (loop (+ i 1) (if (pred (string-ref s i)) (+ count 1) count))
              count))))

    (define member
      (case-lambda
        ((x l) (%member x l))
        ((x l same?)
         (let loop ((rest l))
           (cond ((pair? rest) (if (same? x (car rest)) rest (loop (cdr rest))))
                 (else (check-end 'member 2 rest l) #f))))))
    (define assoc
      (case-lambda
        ((x l) (%assoc x l))
        ((x l same?)
         (let loop ((rest l))
           (cond ((pair? rest)
                  (let ((entry (car rest)))
                    (if (pair? entry)
                        (if (same? x (car entry)) entry (loop (cdr rest)))
                        (%wrong-type 'assoc 2 l "association list"))))
                 (else (check-end 'assoc 2 rest l) #f))))))

    (define (list-set! l k x) (set-car! (list-tail l k) x))))
