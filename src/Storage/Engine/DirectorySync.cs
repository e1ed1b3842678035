using System.Runtime.InteropServices;

namespace PosteRestante.Storage.Engine;

/// <summary>
/// Makes the names in a folder durable: creating or renaming a file is lost by a power failure until its
/// directory is synced too (fsync(2)). Windows has no such call and needs none with NTFS.
/// </summary>
internal static class DirectorySync
{
    private const int ReadOnly = 0;
    private const int Interrupted = 4;

    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        int descriptor = NativeOpen(folder, ReadOnly);
        if (descriptor < 0)
        {
            throw Failure(folder);
        }

        try
        {
            while (NativeSync(descriptor) != 0)
            {
                if (Marshal.GetLastPInvokeError() != Interrupted)
                {
                    throw Failure(folder);
                }
            }
        }
        finally
        {
            _ = NativeClose(descriptor);
        }
    }

    private static IOException Failure(string folder) =>
        new($"The folder '{folder}' could not be synced: {Marshal.GetLastPInvokeErrorMessage()}.");

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeOpen([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "fsync", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSync(int descriptor);

    [DllImport("libc", EntryPoint = "close", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeClose(int descriptor);
}
