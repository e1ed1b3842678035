using PosteRestante.Storage.Engine;

namespace PosteRestante.Storage.Tests.Engine;

/// <summary>A write that the test's own steps move on; nothing here ever waits.</summary>
internal sealed class StepWrite(Task<WriteResult> task)
{
    public bool IsCompleted => task.IsCompleted;

    public bool IsFailed => task.IsFaulted;

    public bool IsWritten => task.IsCompletedSuccessfully && task.Result.Written;

    public WriteResult Result =>
        task.IsCompletedSuccessfully ? task.Result : throw new InvalidOperationException($"The write is {task.Status}.", task.Exception);

    public StorageFailureException Failure => task.Exception!.InnerException.ShouldBeOfType<StorageFailureException>();
}
